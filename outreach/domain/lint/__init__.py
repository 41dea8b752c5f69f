"""What is wrong with campaigns and policies that are well formed: found by reading alone, with no lead and no clock."""
