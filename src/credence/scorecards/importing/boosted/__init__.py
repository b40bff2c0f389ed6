"""Boosted trees that ask one column or two, as tables: LightGBM and XGBoost."""
