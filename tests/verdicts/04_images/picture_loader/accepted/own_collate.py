def picture_loader(folder, batch_size):
    def collate(samples):
        pictures, labels = zip(*samples)
        small = [TF.resize(TF.pil_to_tensor(p), [64, 64]).float() / 255 for p in pictures]
        return torch.stack(small), torch.tensor(labels)

    return DataLoader(ImageFolder(folder), batch_size=batch_size, collate_fn=collate)
