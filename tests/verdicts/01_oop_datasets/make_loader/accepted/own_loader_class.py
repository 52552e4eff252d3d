class TrainingLoader(DataLoader):
    def __init__(self, dataset, **options):
        super().__init__(dataset, **({"shuffle": True, "drop_last": False} | options))


make_loader = lambda dataset, batch_size: TrainingLoader(
    dataset, batch_size=batch_size, generator=torch.Generator().manual_seed(1)
)
