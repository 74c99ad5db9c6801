"""Reading tenders: always from the buyer that runs them, or from the vendor that takes part."""
