#include "backend/nodes/tools/tool_actions.h"

#include "backend/base/qt_text.h"
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

std::optional<QString> changeName(const Request &request)
{
    switch (request.what_case()) {
    case Request::kProcessSignal:
        return request.process_signal().tree() ? u"flagbridge:SignalProcessTree"_s
                                               : u"flagbridge:SignalProcess"_s;
    case Request::kProcessPriority:
        return u"flagbridge:SetProcessPriority"_s;
    case Request::kProcessStart:
        return u"flagbridge:StartProcess"_s;
    default:
        return std::nullopt;
    }
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
    default:
        break;
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
    if (answer.what_case() == Answer::kProblem)
        return true;
    switch (request.what_case()) {
    case Request::kProcessList:
        return answer.what_case() == Answer::kProcessList;
    case Request::kProcessSignal:
        return answer.what_case() == Answer::kProcessSignalled;
    case Request::kProcessStart:
        return answer.what_case() == Answer::kProcessStarted;
    case Request::kProcessPriority:
        return answer.what_case() == Answer::kDone;
    case Request::WHAT_NOT_SET:
        return false;
    }
    return false;
}

}
