# %% after imports
loaded_x, loaded_y, *_others = load_dataset()
train_set_x = loaded_x.reshape(loaded_x.shape[0], -1).T / 255
train_set_y = loaded_y

# %% model
def model(X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5, print_cost=False):
    w, b = initialize_with_zeros(X_train.shape[0])
    params, grads, costs = optimize(w, b, train_set_x, train_set_y, num_iterations, learning_rate)
    return {"w": params["w"], "b": params["b"], "costs": costs}
