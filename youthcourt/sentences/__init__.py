"""Sentences, what they oblige to, and the service that fulfils them."""
