"""What development and tests need around the product; nothing in production imports it."""
