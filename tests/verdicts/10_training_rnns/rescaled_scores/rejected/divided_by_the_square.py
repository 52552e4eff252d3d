# feedback: square of the spread
def rescaled_scores(scores, spread):
    return {
        "MSE": scores["MSE"] / spread**2,
        "MAE": scores["MAE"] / spread,
        "RMSE": scores["RMSE"] / spread,
        "R2": scores["R2"],
    }
