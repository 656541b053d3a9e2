#include "models/table/shown_error.h"

#include "backend/core/error.h"

namespace fb {

QString ShownError::headline() const
{
    switch (kind) {
    case Kind::WrongInput:
        return tr("Something in the form has to change.");
    case Kind::Denied:
        return tr("Your role does not allow this.");
    case Kind::NotFound:
        return tr("It no longer exists.");
    case Kind::State:
        return tr("Its state does not allow this now.");
    case Kind::Conflict:
        return tr("Somebody changed it meanwhile.");
    case Kind::Limit:
        return tr("A limit is reached.");
    case Kind::Unavailable:
        return tr("The engine cannot do this right now. Try again in a moment.");
    case Kind::Ours:
        return tr("The engine met a fault of its own.");
    }
    return {};
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
