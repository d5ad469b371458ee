"""A local stand-in of report.az for the demo, the tests and the benchmarks.

`site.Replica` is the site as a value and knows the truth about its pages; `app.make_app` serves it; `serve` runs
the server. Every page is computed from its number and a seed, nothing is stored. What is unknown of the real site
is played in several ways (`variants`); what pages look like in detail is spread over the stories (`kinds`). A test can
have addresses fail for a while (`faults`) and let days go by (`chronicle`).
"""
