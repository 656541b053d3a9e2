#pragma once
// Binds what administrators do with sessions and second steps to its names. Not of AWS: reachable over the control socket alone. Engine thread.

namespace fb {

class OperationTable;
class SignInService;

void bindSignIn(OperationTable &operations, SignInService &signIn);

}
