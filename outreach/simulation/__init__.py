"""The engine's own rules over people in memory, on a clock that jumps from one thing due to the next."""
