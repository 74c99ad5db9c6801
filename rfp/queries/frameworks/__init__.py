"""What the pages of frameworks show beside the frameworks themselves: questions that ask, documents that prove."""
