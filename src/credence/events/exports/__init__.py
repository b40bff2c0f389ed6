"""What people can download about themselves: bank statements and wallets' bills, as events.

A reader a format gives plain lines; `rules.yaml` says which kind each line is; what no rule takes is shown.
"""
