#pragma once
// An error as pages show it: the engine's Error, and what a page should offer (style 4). Value; any thread.

#include <QCoreApplication>
#include <QString>

namespace fb {

struct Error;

struct ShownError {
    Q_DECLARE_TR_FUNCTIONS(fb::ShownError)
public:
    enum class Kind { WrongInput, Denied, NotFound, State, Conflict, Limit, Unavailable, Ours };

    Kind kind = Kind::Ours;
    QString code; // AWS's name
    QString message; // the engine's words
    QString field; // dotted path in the request; empty if none

    bool isEmpty() const { return code.isEmpty(); }
    bool canRetry() const
    {
        return kind == Kind::Unavailable || kind == Kind::Conflict || kind == Kind::Ours;
    }
    // One plain sentence in the operator's language: what failed and what to do.
    QString headline() const;
};

ShownError shownErrorOf(const Error &error);

}

Q_DECLARE_METATYPE(fb::ShownError)
