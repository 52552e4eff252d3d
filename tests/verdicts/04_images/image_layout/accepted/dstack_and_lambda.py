image_to_tensor = lambda array: torch.stack(  # noqa: E731
    [torch.tensor(c.astype("float64") / 255, dtype=torch.float32) for c in (np.dsplit(array, 3) if array.ndim == 3 else [array])]
).reshape(-1, *array.shape[:2])


class ToImage:
    def __call__(self, tensor):
        planes = [(plane.double() * 255).round().clamp(0, 255).numpy().astype("uint8") for plane in tensor]
        return planes[0] if len(planes) == 1 else np.stack(planes, axis=2)


tensor_to_image = ToImage()
