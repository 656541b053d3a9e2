// Console: who is at it, what they may not do, and what they do with their own account.
#include "app/console/console.h"
#include "ui/signin/change_password_sheet.h"
#include "ui/signin/first_administrator_sheet.h"
#include "ui/signin/two_step_sheet.h"
#include "ui/widgets/sheet.h"

namespace fb {

using namespace Qt::StringLiterals;

QString Console::roleWord() const
{
    const QString &role = m_models.signIn.who().role;
    return role.isEmpty() ? AllowedActions::roleWord(u"Administrator"_s) : AllowedActions::roleWord(role);
}

// The one place that says what the operator may not do: buttons, menus and commands of the window ask it.
void Console::updateAllowed()
{
    m_window->setWhyNot([this](const QString &action) { return m_models.signIn.allowed().whyNot(action); });
}

QList<ShellCommand> Console::operatorCommands()
{
    const QString menu = tr("Operator");
    if (!m_models.signIn.isSignedIn())
        return {{u"makeAdministrator"_s,
                 menu,
                 tr("Ask who signs in: make the first administrator..."),
                 {},
                 Icon::Approvals,
                 [this] { openFirstAdministrator(); },
                 u"flagbridge:CreateOperator"_s}};
    return {
        {u"lockConsole"_s, menu, tr("Lock"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L), Icon::Lock,
         [this] { m_models.signIn.lock(); }},
        {u"signOut"_s, menu, tr("Sign out"), {}, Icon::Quit, [this] { m_models.signIn.signOut(); }},
        {u"changePassword"_s,
         menu,
         tr("Change password..."),
         {},
         Icon::Key,
         [this] { openChangePassword(); }},
        {u"twoStep"_s, menu, tr("Two-step sign-in..."), {}, Icon::Permissions, [this] { openTwoStep(); }}};
}

void Console::openFirstAdministrator()
{
    if (!openSheet())
        (new FirstAdministratorSheet(m_models.signIn, m_facts.operatorName, m_window.get()))->open();
}

void Console::openChangePassword()
{
    if (openSheet())
        return;
    auto *sheet = new ChangePasswordSheet(m_models.signIn, m_window.get());
    connect(sheet, &ChangePasswordSheet::passwordChanged, this,
            [this] { tell(tr("Your password is changed"), tr("Your other sessions have ended.")); });
    sheet->open();
}

void Console::openTwoStep()
{
    if (!openSheet())
        (new TwoStepSheet(m_models.signIn, m_window.get()))->open();
}

void Console::tell(const QString &statement, const QString &sentence)
{
    Notice notice;
    notice.state = StateKind::Success;
    notice.about = statement;
    notice.title = statement;
    notice.detail = sentence;
    notice.at = SystemClock().now();
    m_notices.add(notice);
}

}
