#pragma once
// Where the console's sign-in goes and its news come from. SignInFeed answers with the engine in this process; tests answer with values. Passwords
// and codes are wiped by whoever got them last. Ui thread.

#include "models/table/shown_error.h"

#include "backend/core/clock.h"

#include <QHash>
#include <QObject>
#include <QStringList>

#include <functional>
#include <optional>

namespace fb {

struct SignedInOperator {
    QString name;
    QString role; // "Viewer", "Operator", "Approver", "Administrator"
    QStringList nodeTags; // "env=prod": the nodes that permissions are narrowed to; empty: all
    bool operator==(const SignedInOperator &) const = default;
};

struct SignInAnswer {
    enum class State { SignedIn, NeedsCode, Wrong, Waits, Disabled, TooLate, Failed };
    State state = State::Failed;
    SignedInOperator who; // when signed in
    std::optional<Instant> waitUntil; // after a failure: from when on the next attempt counts
    int recoveryCodesLeft = -1; // after one was used; -1: none was
    QString notKept; // why the machine does not stay signed in, though it was asked to
    ShownError problem; // when failed
};

enum class SignOutCause {
    None,
    SignedOut,
    Ended,
    Expired,
    Disabled,
    PasswordChanged,
    RoleChanged,
    NowRequired
};

struct TwoStepFacts {
    bool isOn = false;
    Instant since {};
    int recoveryCodesLeft = 0;
};

struct ForbiddenAction {
    enum class Why { Role, Denied, Narrowed, Nobody };
    Why why = Why::Role;
    QString role; // the operator's own
    QString leastRole; // which allows it
    QString group; // whose statement denies it; empty: the operator's own
    bool operator==(const ForbiddenAction &) const = default;
};

class SignInSource : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    using Answered = std::function<void(const SignInAnswer &)>;
    using Done = std::function<void(const ShownError &problem)>; // an empty problem: it is done

    virtual Instant now() const = 0;
    // Empty: a machine may stay signed in. Else why not: its store is shared, or there is no keychain.
    virtual QString whyNotStay() const = 0;
    virtual void signIn(const QString &name, QString password, bool stays, Answered done) = 0;
    virtual void enterCode(QString code, Answered done) = 0; // after NeedsCode
    virtual void unlock(QString password, Answered done) = 0;
    virtual void lock() = 0; // locked() follows
    virtual void signOut() = 0; // signedOut() follows
    virtual void used() = 0; // somebody is there
    virtual void changePassword(QString old, QString fresh, Answered done) = 0;
    virtual void readTwoStep(std::function<void(const TwoStepFacts &, const ShownError &)> done) = 0;
    virtual void
    beginTwoStep(std::function<void(const QString &secret, const QString &uri, const ShownError &)> done)
        = 0;
    virtual void confirmTwoStep(QString code,
                                std::function<void(const QStringList &codes, const ShownError &)> done)
        = 0;
    virtual void endTwoStep(QString password, Answered done) = 0;
    virtual void makeFirstAdministrator(const QString &name, QString password, Done done) = 0;

signals:
    void locked();
    void signedOut(fb::SignOutCause cause);
    void operatorChanged(const fb::SignedInOperator &who);
    void forbiddenChanged(const QHash<QString, fb::ForbiddenAction> &forbidden); // by the action's name
};

}
