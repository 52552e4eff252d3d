def find_leaks(train_starts, test_starts, length, horizon, scaler_stop):
    distance = (test_starts[:, None] + length + horizon - 1) - train_starts
    first = test_starts.min() + length  # the first step that is not known
    answer = dict(scaler=scaler_stop > first, order=(train_starts + length + horizon > first).any())
    answer["target"] = (((0 <= distance) & (distance < length)) | (distance == length + horizon - 1)).any()
    return answer
