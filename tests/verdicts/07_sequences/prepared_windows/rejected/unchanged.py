# feedback: one window too many
def prepared_windows(series, length, test_steps):
    return broken_windows(series, length, test_steps)
