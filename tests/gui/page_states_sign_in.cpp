#include "tests/gui/page_states_sign_in.h"

#include <QAction>
#include <QLineEdit>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;

namespace {
    const auto kTurnOnCode = u"287082"_s;

    // As after signing in: the window is made anew for whom it is.
    void signInAs(ConsoleFixture &shown, const QString &role)
    {
        shown.signInSource.who.role = role;
        shown.signIn->setSignedIn(shown.signInSource.who);
        emit shown.signInSource.operatorChanged({}); // nobody, and back
        emit shown.signInSource.operatorChanged(shown.signInSource.who);
    }

    void forbid(ConsoleFixture &shown, const QString &role)
    {
        QHash<QString, ForbiddenAction> forbidden;
        for (const QString &action : {u"ssm:SendCommand"_s, u"ssm:StartSession"_s, u"ssm:CreateActivation"_s,
                                      u"ssm:DeregisterManagedInstance"_s, u"flagbridge:QuarantineNode"_s})
            forbidden.insert(action,
                             {.why = ForbiddenAction::Why::Role,
                              .role = role,
                              .leastRole = action.contains(u"Create") ? u"Administrator"_s : u"Operator"_s,
                              .group = {}});
        emit shown.signInSource.forbiddenChanged(forbidden);
    }
}

QStringList SignInPageStates::names()
{
    return {u"first-administrator"_s, u"change-password"_s, u"two-step"_s, u"two-step-confirm"_s,
            u"two-step-codes"_s,      u"two-step-on"_s,     u"forbidden"_s};
}

void SignInPageStates::open(const QString &name, ConsoleFixture &shown)
{
    if (name == u"first-administrator")
        return shown.find<QAction>("makeAdministrator")->trigger();
    if (name == u"two-step-on")
        shown.signInSource.code = kTurnOnCode;
    signInAs(shown, name == u"forbidden" ? u"Viewer"_s : u"Operator"_s);
    if (name == u"forbidden") {
        forbid(shown, u"Viewer"_s);
        shown.window().openAddress(u"fleet"_s);
        return;
    }
    shown.find<QAction>(name == u"change-password" ? "changePassword" : "twoStep")->trigger();
    if (name != u"two-step-confirm" && name != u"two-step-codes")
        return;
    shown.click("twoStepBegin");
    if (name == u"two-step-confirm")
        return;
    QTest::keyClicks(shown.visible("twoStepCode"), kTurnOnCode);
    shown.click("twoStepConfirm");
}

QStringList SignInPageStates::ofWindow()
{
    return {u"sign-in"_s,      u"sign-in-starting"_s, u"sign-in-wrong"_s, u"sign-in-waits"_s,
            u"sign-in-code"_s, u"sign-in-note"_s,     u"locked"_s,        u"sign-in-shared"_s};
}

std::unique_ptr<SignInWindow> SignInPageStates::window(const QString &name, ConsoleFixture &shown)
{
    SignInViewModel &model = *shown.signIn;
    FakeSignInSource &source = shown.signInSource;
    const int wrong = name == u"sign-in-wrong" ? 1 : name == u"sign-in-waits" ? 3 : 0;
    if (name == u"sign-in-shared")
        source.stayProblem = u"Only a console on a store of its own can stay signed in."_s;
    if (name == u"sign-in-code")
        source.code = kTurnOnCode;
    if (name == u"sign-in-starting")
        model.setStarting();
    else if (name == u"locked")
        model.setSignedIn(source.who);
    else
        model.ask(name == u"sign-in-note" ? SignOutCause::Expired : SignOutCause::None);
    if (name == u"locked")
        model.lock();
    else if (name != u"sign-in")
        model.setLastName(source.who.name);
    for (int i = 0; i < wrong; ++i)
        model.signIn(source.who.name, u"wrong"_s, false);
    if (name == u"sign-in-code")
        model.signIn(source.who.name, source.password, false);
    auto window = std::make_unique<SignInWindow>(model, u"/home/m.tanaka/.local/share/flagbridge"_s);
    window->show();
    return window;
}

}
