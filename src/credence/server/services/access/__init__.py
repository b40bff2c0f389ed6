"""How parties come in: scopes, public keys, tokens bound to them, rates, requests sent twice, operators."""
