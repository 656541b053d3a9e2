#include "backend/nodes/tools/tool_actions.h"

#include "backend/base/qt_text.h"
#include "backend/core/byte_encoding.h"
#include "backend/core/text_safety.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    using Request = wire::ToolRequest;
    using Answer = wire::ToolAnswer;

    QString processText(const wire::ProcessStampMessage &stamp, const std::string &name)
    {
        return name.empty() ? QString::number(stamp.pid())
                            : u"%1 (%2)"_s.arg(stamp.pid()).arg(nodeToolText(name));
    }

    template <typename Paths>
    QString pathsText(const Paths &paths)
    {
        constexpr int kNamed = 5;
        QStringList words;
        for (const std::string &path : paths) {
            if (words.size() == kNamed)
                break;
            words << nodeToolText(path);
        }
        if (paths.size() > kNamed)
            words << u"and %1 more"_s.arg(paths.size() - kNamed);
        return words.join(u", "_s);
    }

    QString userText(const std::string &name) { return u"user "_s + nodeToolText(name, 100); }
    QString groupText(const std::string &name) { return u"group "_s + nodeToolText(name, 100); }

    // As service_tool counts them.
    QString unitAction(uint32_t action)
    {
        switch (action) {
        case 1:
            return u"flagbridge:StartUnit"_s;
        case 2:
            return u"flagbridge:StopUnit"_s;
        case 3:
            return u"flagbridge:RestartUnit"_s;
        case 4:
            return u"flagbridge:ReloadUnit"_s;
        case 5:
            return u"flagbridge:EnableUnit"_s;
        case 6:
            return u"flagbridge:DisableUnit"_s;
        case 7:
            return u"flagbridge:MaskUnit"_s;
        case 8:
            return u"flagbridge:UnmaskUnit"_s;
        case 9:
            return u"flagbridge:ResetFailedUnit"_s;
        default:
            return u"flagbridge:ChangeUnit"_s; // the node refuses it
        }
    }

    QString startedText(const wire::ProcessStartRequest &request)
    {
        QStringList words {nodeToolText(request.program())};
        for (const std::string &argument : request.arguments())
            words << nodeToolText(argument, 100);
        return words.join(u' ').left(600);
    }
}

QString nodeToolText(const std::string &bytes, qsizetype most)
{
    const std::string valid = toValidUtf8(std::string_view(bytes).substr(0, static_cast<size_t>(most) * 4));
    std::string shown = withVisibleEscapes(firstCodePoints(valid, static_cast<size_t>(most)));
    QString text = toQString(shown);
    text.replace(u'\n', u"\\n"_s);
    text.replace(u'\t', u"\\t"_s);
    return text;
}

std::optional<QString> auditName(const Request &request)
{
    switch (request.what_case()) {
    case Request::kProcessSignal:
        return request.process_signal().tree() ? u"flagbridge:SignalProcessTree"_s
                                               : u"flagbridge:SignalProcess"_s;
    case Request::kProcessPriority:
        return u"flagbridge:SetProcessPriority"_s;
    case Request::kProcessStart:
        return u"flagbridge:StartProcess"_s;
    case Request::kFileMake:
        return request.file_make().folder() ? u"flagbridge:MakeFolder"_s : u"flagbridge:MakeFile"_s;
    case Request::kFileRename:
        return u"flagbridge:RenameFile"_s;
    case Request::kFileMode:
        return u"flagbridge:SetFileMode"_s;
    case Request::kFileOwner:
        return u"flagbridge:SetFileOwner"_s;
    case Request::kFileSave:
        return u"flagbridge:EditFile"_s;
    case Request::kFileRemove:
        return request.file_remove().measure_only() ? std::nullopt
                                                    : std::optional(u"flagbridge:DeleteFiles"_s);
    case Request::kFileCopy:
        return request.file_copy().move() ? u"flagbridge:MoveFiles"_s : u"flagbridge:CopyFiles"_s;
    case Request::kFilePut:
        return u"flagbridge:UploadFile"_s;
    case Request::kFileGet:
        return u"flagbridge:DownloadFile"_s;
    case Request::kServiceAction:
        return unitAction(request.service_action().action());
    case Request::kAccountCreate:
        return u"flagbridge:CreateUser"_s;
    case Request::kAccountDelete:
        return u"flagbridge:DeleteUser"_s;
    case Request::kAccountPassword:
        return u"flagbridge:SetUserPassword"_s;
    case Request::kAccountLock:
        return request.account_lock().lock() ? u"flagbridge:LockUser"_s : u"flagbridge:UnlockUser"_s;
    case Request::kGroupCreate:
        return u"flagbridge:CreateGroup"_s;
    case Request::kGroupDelete:
        return u"flagbridge:DeleteGroup"_s;
    case Request::kGroupMember:
        return request.group_member().member() ? u"flagbridge:AddGroupMember"_s
                                               : u"flagbridge:RemoveGroupMember"_s;
    default:
        return std::nullopt;
    }
}

bool changesNode(const Request &request)
{
    switch (request.what_case()) {
    case Request::kFileGet:
        return false;
    case Request::kFileChunk:
    case Request::kFilePutEnd:
        return true;
    default:
        return auditName(request).has_value();
    }
}

bool beginsWork(const Request &request, const Answer &answer)
{
    const bool isJob
        = request.has_file_copy() || (request.has_file_remove() && !request.file_remove().measure_only());
    return (isJob && !answer.file_job().finished())
        || (request.has_file_put() && !answer.file_put_state().complete());
}

bool endsWork(const Request &request, const Answer *answer)
{
    if (request.has_file_job())
        return !answer || answer->file_job().finished();
    return request.has_file_put_end() || (request.has_file_chunk() && !answer);
}

QJsonObject changeDiff(const Request &request, const Answer *answer)
{
    QJsonObject diff;
    switch (request.what_case()) {
    case Request::kProcessSignal: {
        const auto &asked = request.process_signal();
        const bool told = answer && answer->has_process_signalled();
        diff[u"Object"_s] = u"process "_s
            + processText(asked.target(), told ? answer->process_signalled().name() : std::string());
        diff[u"Signal"_s] = asked.number();
        if (told && asked.tree()) {
            diff[u"Sent"_s] = static_cast<qint64>(answer->process_signalled().sent());
            diff[u"Failed"_s] = answer->process_signalled().failures_size();
        }
        break;
    }
    case Request::kProcessPriority:
        diff[u"Object"_s] = u"process "_s + processText(request.process_priority().target(), std::string());
        break;
    case Request::kProcessStart:
        diff[u"Object"_s] = startedText(request.process_start());
        if (!request.process_start().user().empty())
            diff[u"User"_s] = nodeToolText(request.process_start().user());
        if (answer && answer->has_process_started())
            diff[u"Process"_s] = static_cast<qint64>(answer->process_started().process().pid());
        break;
    case Request::kFileMake:
        diff[u"Object"_s] = nodeToolText(request.file_make().path());
        break;
    case Request::kFileRename:
        diff[u"Object"_s] = nodeToolText(request.file_rename().path());
        diff[u"After"_s] = nodeToolText(request.file_rename().name());
        break;
    case Request::kFileMode:
        diff[u"Object"_s] = nodeToolText(request.file_mode().path());
        break;
    case Request::kFileOwner:
        diff[u"Object"_s] = nodeToolText(request.file_owner().path());
        break;
    case Request::kFileSave:
        diff[u"Object"_s] = nodeToolText(request.file_save().path());
        diff[u"Before"_s] = toQString(toHex(request.file_save().expected_sha256()));
        if (answer && answer->has_file_saved()) {
            diff[u"After"_s] = toQString(toHex(answer->file_saved().sha256().substr(0, 32)));
            if (answer->file_saved().conflict())
                diff[u"Conflict"_s] = true;
        }
        break;
    case Request::kFileRemove:
        diff[u"Object"_s] = pathsText(request.file_remove().paths());
        break;
    case Request::kFileCopy:
        diff[u"Object"_s] = pathsText(request.file_copy().paths());
        diff[u"Into"_s] = nodeToolText(request.file_copy().folder());
        break;
    case Request::kFilePut:
        diff[u"Object"_s] = nodeToolText(request.file_put().path());
        diff[u"After"_s] = toQString(toHex(request.file_put().sha256().substr(0, 32)));
        diff[u"Bytes"_s] = static_cast<qint64>(request.file_put().size() & 0x7fffffffffffffff);
        break;
    case Request::kFileGet:
        diff[u"Object"_s] = nodeToolText(request.file_get().path());
        break;
    case Request::kServiceAction:
        diff[u"Object"_s] = u"unit "_s + nodeToolText(request.service_action().unit());
        if (answer && answer->has_service_changed()) {
            const wire::ServiceChanged &changed = answer->service_changed();
            diff[u"Object"_s] = u"unit "_s + nodeToolText(changed.unit());
            diff[u"Before"_s] = nodeToolText(changed.before());
            diff[u"After"_s] = nodeToolText(changed.after());
            if (changed.goes_on())
                diff[u"GoesOn"_s] = true;
        }
        break;
    case Request::kAccountCreate:
        diff[u"Object"_s] = userText(request.account_create().name());
        diff[u"Password"_s] = request.account_create().has_password(); // whether there is one, never which
        if (!request.account_create().groups().empty())
            diff[u"Groups"_s] = pathsText(request.account_create().groups());
        break;
    case Request::kAccountDelete:
        diff[u"Object"_s] = userText(request.account_delete().name());
        diff[u"HomeRemoved"_s] = request.account_delete().remove_home();
        break;
    case Request::kAccountPassword:
        diff[u"Object"_s] = userText(request.account_password().name());
        break;
    case Request::kAccountLock:
        diff[u"Object"_s] = userText(request.account_lock().name());
        break;
    case Request::kGroupCreate:
        diff[u"Object"_s] = groupText(request.group_create().name());
        break;
    case Request::kGroupDelete:
        diff[u"Object"_s] = groupText(request.group_delete().name());
        break;
    case Request::kGroupMember:
        diff[u"Object"_s] = groupText(request.group_member().group());
        diff[u"User"_s] = nodeToolText(request.group_member().user(), 100);
        break;
    default:
        break;
    }
    if (answer && answer->has_file_job()) {
        const wire::FileJob &job = answer->file_job();
        diff[u"Items"_s] = static_cast<qint64>(job.items() & 0x7fffffffffffffff);
        diff[u"Bytes"_s] = static_cast<qint64>(job.bytes() & 0x7fffffffffffffff);
        diff[u"Failed"_s] = static_cast<qint64>(job.failed() & 0x7fffffffffffffff);
        if (job.cancelled())
            diff[u"Cancelled"_s] = true;
    }
    if (answer && answer->has_done()) {
        if (!answer->done().object().empty())
            diff[u"Object"_s] = nodeToolText(answer->done().object());
        if (answer->done().has_before())
            diff[u"Before"_s] = nodeToolText(answer->done().before());
        if (answer->done().has_after())
            diff[u"After"_s] = nodeToolText(answer->done().after());
    }
    return diff;
}

bool isAnswerTo(const Request &request, const Answer &answer)
{
    const Answer::WhatCase is = answer.what_case();
    if (is == Answer::kProblem)
        return true;
    switch (request.what_case()) {
    case Request::kProcessList:
        return is == Answer::kProcessList;
    case Request::kProcessSignal:
        return is == Answer::kProcessSignalled;
    case Request::kProcessStart:
        return is == Answer::kProcessStarted;
    case Request::kFileList:
        return is == Answer::kFileList;
    case Request::kFilePreview:
        return is == Answer::kFilePreview;
    case Request::kFileTail:
        return is == Answer::kFileTail;
    case Request::kFileSave:
        return is == Answer::kFileSaved;
    case Request::kFileRemove:
    case Request::kFileCopy:
    case Request::kFileJob:
        return is == Answer::kFileJob;
    case Request::kFilePut:
    case Request::kFileChunk:
    case Request::kFilePutEnd:
        return is == Answer::kFilePutState;
    case Request::kFileGet:
        return is == Answer::kFileGetState;
    case Request::kFileRead:
        return is == Answer::kFileChunk;
    case Request::kServiceList:
        return is == Answer::kServiceList;
    case Request::kServiceDetail:
        return is == Answer::kServiceDetail;
    case Request::kServiceAction:
        return is == Answer::kServiceChanged;
    case Request::kAccountList:
        return is == Answer::kAccountList;
    case Request::kJournalPlace:
        return is == Answer::kJournalPlace;
    case Request::kJournalQuery:
    case Request::kJournalFollow:
        return is == Answer::kJournalPage;
    case Request::kJournalEntry:
        return is == Answer::kJournalEntry;
    case Request::kPerformance:
        return is == Answer::kPerformance;
    case Request::kProcessPriority:
    case Request::kFileMake:
    case Request::kFileRename:
    case Request::kFileMode:
    case Request::kFileOwner:
    case Request::kFileChecksum:
    case Request::kAccountCreate:
    case Request::kAccountDelete:
    case Request::kAccountPassword:
    case Request::kAccountLock:
    case Request::kGroupCreate:
    case Request::kGroupDelete:
    case Request::kGroupMember:
        return is == Answer::kDone;
    case Request::WHAT_NOT_SET:
        return false;
    }
    return false;
}

}
