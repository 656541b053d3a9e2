#pragma once
// An error as pages show it: the engine's Error, and what a page should offer (style 4). Value; any thread.

#include "models/table/visible_text.h"

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
    // It, and the engine's words: what pages show where they have no banner. At most so many characters of the engine's. An error of the
    // console itself is its message alone: it is in the operator's language already.
    QString words(qsizetype most = kShownChars, QChar between = u' ') const;

private:
    QString ofCode() const;
};

ShownError shownErrorOf(const Error &error);

}

Q_DECLARE_METATYPE(fb::ShownError)
