#include "models/table/shown_error.h"

#include "backend/core/error.h"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace fb {

using namespace Qt::StringLiterals;

QString ShownError::headline() const
{
    const QString known = ofCode();
    if (!known.isEmpty())
        return known;
    switch (kind) {
    case Kind::WrongInput:
        return tr("Something entered is not valid.");
    case Kind::Denied:
        return tr("Your role does not allow this.");
    case Kind::NotFound:
        return tr("It was not found. It may have been deleted.");
    case Kind::State:
        return tr("Its state does not allow this now.");
    case Kind::Conflict:
        return tr("Someone else changed it in the meantime.");
    case Kind::Limit:
        return tr("A limit has been reached.");
    case Kind::Unavailable:
        return tr("This is not available right now. Try again in a moment.");
    case Kind::Ours:
        return tr("The engine had an internal error.");
    }
    return {};
}

// What says more than the kind.
QString ShownError::ofCode() const
{
    struct Row {
        std::string_view code;
        const char *words;
    };
    static constexpr Row kRows[] {
        {errors::kAssociatedInstances.name(), QT_TR_NOOP("It is still in use.")},
        {errors::kDocumentAlreadyExists.name(), QT_TR_NOOP("There is already a document of this name.")},
        {errors::kDuplicateDocumentContent.name(),
         QT_TR_NOOP("The content is the same as that of an existing version.")},
        {errors::kDuplicateDocumentVersionName.name(), QT_TR_NOOP("Another version has this name.")},
        {errors::kInvalidActivation.name(), QT_TR_NOOP("The activation has expired or cannot be used.")},
        {errors::kInvalidActivationId.name(), QT_TR_NOOP("The activation was not found.")},
        {errors::kInvalidCommandId.name(), QT_TR_NOOP("The run was not found.")},
        {errors::kInvalidDocument.name(), QT_TR_NOOP("The document was not found or cannot be used here.")},
        {errors::kInvalidDocumentContent.name(), QT_TR_NOOP("The document has problems.")},
        {errors::kInvalidDocumentVersion.name(), QT_TR_NOOP("The document version cannot be used.")},
        {errors::kInvalidInstanceId.name(), QT_TR_NOOP("The node was not found or cannot be used here.")},
        {errors::kInvocationDoesNotExist.name(), QT_TR_NOOP("The node is not part of this run.")},
        {errors::kMasterKeyUnavailable.name(), QT_TR_NOOP("The master key is not available.")},
        {errors::kMaxDocumentSizeExceeded.name(), QT_TR_NOOP("The document is too large.")},
        {"RefusedByNode", QT_TR_NOOP("The node refused this.")}, // protocol::kRefusedByNode
        {errors::kTargetNotConnected.name(), QT_TR_NOOP("The node is not connected.")},
        {errors::kThrottling.name(), QT_TR_NOOP("Too many requests at once. Try again in a moment.")},
        {errors::kTooManyTags.name(), QT_TR_NOOP("There are too many tags.")},
        {errors::kTooManyUpdates.name(), QT_TR_NOOP("It is being changed right now. Try again in a moment.")},
        {errors::kUnsupportedPlatformType.name(),
         QT_TR_NOOP("The platform of the node does not support this.")},
        {errors::kUpgradeRequired.name(), QT_TR_NOOP("This needs another version of Flagbridge.")},
    };
    const auto row = std::find_if(std::begin(kRows), std::end(kRows), [this](const Row &each) {
        return code == QLatin1String(each.code.data(), static_cast<qsizetype>(each.code.size()));
    });
    return row == std::end(kRows) ? QString() : tr(row->words);
}

QString ShownError::words(qsizetype most, QChar between) const
{
    if (code.isEmpty() && message.isEmpty())
        return {}; // there is none
    const QString said = visibleText(message, most);
    const bool isEngines = code == QLatin1String(errors::kInternal.name().data())
        || errorCodeNamed(code.toStdString()) != errors::kInternal;
    return said.isEmpty() ? headline() : isEngines ? headline() + between + said : said;
}

ShownError shownErrorOf(const Error &error)
{
    const auto text = [](std::string_view utf8) {
        return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
    };
    ShownError problem {
        .code = text(error.code.name()), .message = text(error.message), .field = text(error.field)};
    switch (errorKind(error.code)) {
    case ErrorKind::WrongInput:
        problem.kind = ShownError::Kind::WrongInput;
        break;
    case ErrorKind::Denied:
        problem.kind = ShownError::Kind::Denied;
        break;
    case ErrorKind::NotFound:
        problem.kind = ShownError::Kind::NotFound;
        break;
    case ErrorKind::State:
        problem.kind = ShownError::Kind::State;
        break;
    case ErrorKind::Conflict:
        problem.kind = ShownError::Kind::Conflict;
        break;
    case ErrorKind::Limit:
        problem.kind = ShownError::Kind::Limit;
        break;
    case ErrorKind::Unavailable:
        problem.kind = ShownError::Kind::Unavailable;
        break;
    case ErrorKind::Ours:
        break;
    }
    return problem;
}

}
