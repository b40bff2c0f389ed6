"""What a fit is written as: definition, worked cases, model card, folder."""
