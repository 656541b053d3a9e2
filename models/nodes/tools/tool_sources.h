#pragma once
// The sources of a node's live tools, together. Borrowed; ui thread.

namespace fb {

class AccountSource;
class FileSource;
class JournalSource;
class PerformanceSource;
class ProcessSource;
class ServiceSource;
class TransferSource;

struct ToolSources {
    ProcessSource &processes;
    FileSource &files;
    TransferSource &transfers;
    AccountSource &accounts;
    PerformanceSource &performance;
    ServiceSource &services;
    JournalSource &journal;
};

}
