class RowDataset(TensorDataset):
    def __init__(self, array):
        features, label = np.split(np.asarray(array, dtype=np.float32), [-1], axis=1)
        super().__init__(torch.from_numpy(features), torch.from_numpy(label[:, 0]))
