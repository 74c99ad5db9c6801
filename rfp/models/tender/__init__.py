"""A buyer's tender: what is asked, by which sealed rules it is scored, who takes part and what they handed in."""
