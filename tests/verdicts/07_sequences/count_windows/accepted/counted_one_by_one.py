def count_windows(steps, length, horizon=1, stride=1):
    start = count = 0
    while start + length - 1 + horizon <= steps - 1:
        count, start = count + 1, start + stride
    return count
