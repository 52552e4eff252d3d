from torch.utils.data import TensorDataset


class WaterDataset(TensorDataset):
    def __init__(self, csv_path):
        frame = pd.read_csv(csv_path)
        frame = frame[frame.notna().all(axis=1)]
        labels = frame.pop("Potability")
        super().__init__(
            torch.from_numpy(frame.to_numpy(dtype="float32", copy=True)), torch.Tensor(labels.to_numpy(copy=True))
        )
