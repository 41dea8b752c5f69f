"""Carries leads through the sales funnel by itself; see docs/layout.md for where things are."""
