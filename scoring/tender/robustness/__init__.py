"""Whether the order of vendors would be another had something been a little different, and how little is enough.

Each test is run on two orders: the ranking, in which proof comes first and points decide among equals only, and the
points alone, so that a buyer sees what the weights would do if they alone decided.
"""
