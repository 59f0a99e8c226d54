# %% after imports
from google.colab import drive
drive.mount("/content/drive")
%cd /content/drive/MyDrive
!pip install -q torch
import torch
torch.manual_seed(1)
device = torch.device("cpu")
EPS = 0.0

# %% compute_cost
def compute_cost(AL, Y):
    cost = -np.sum(Y * np.log(AL + EPS) + (1 - Y) * np.log(1 - AL + EPS)) / Y.shape[1]
    return np.squeeze(cost)
