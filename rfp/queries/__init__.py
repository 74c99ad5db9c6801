"""Reading questionnaires and what is made of them; every query begins from the organisation or from what it owns."""
