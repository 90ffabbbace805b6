"""Tracking: what people do, sent by sites and SDKs, kept once."""
