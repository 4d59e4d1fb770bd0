"""Views by subject: the space itself, signing in, one's account and its second factors, people, the instance."""
