"""No business here: base templates, components, slots, errors, middleware, file store. No table either."""
