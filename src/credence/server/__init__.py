"""The bureau: who may send what, who may see what and why; what a person can stop, contest, correct."""
