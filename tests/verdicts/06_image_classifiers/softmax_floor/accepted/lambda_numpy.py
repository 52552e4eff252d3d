softmax_floor = lambda k: np.log1p((k - 1) / np.e)
