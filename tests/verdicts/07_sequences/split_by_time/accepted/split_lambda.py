split_by_time = lambda series, validation, test: series.split([len(series) - validation - test, validation, test])
