#pragma once
// Session Manager's operations by their AWS names. Engine thread.

namespace fb {

class OperationTable;
class SessionService;

// DescribeSessions, TerminateSession, GetConnectionStatus. StartSession and ResumeSession answer with a token for a data channel: they
// come with it. Both outlive the table's use.
void bindSessions(OperationTable &operations, SessionService &sessions);

}
