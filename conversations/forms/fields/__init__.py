"""How each kind of question is asked and its answer read: one class per kind."""
