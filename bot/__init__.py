"""The program: settings, wiring, engine, ticker, courier, gateways, web, command line."""
