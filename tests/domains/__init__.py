"""The rooms: their worked examples, their shape, their judge, and what is published of them."""
