#include "ui/nodes/sessions/desktop_head.h"

#include "models/table/visible_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/text_label.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QPointer>
#include <QPushButton>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    QString clock(std::chrono::seconds left)
    {
        const auto seconds = static_cast<int>(left.count());
        return u"%1:%2"_s.arg(seconds / 60).arg(seconds % 60, 2, 10, QChar(u'0'));
    }
}

DesktopHead::DesktopHead(DesktopScreens &screens, int number, QWidget *parent)
    : QWidget(parent),
      m_screens(screens),
      m_number(number),
      m_node(new TextLabel(TextRole::BodyMedium)),
      m_user(new TextLabel(TextRole::Body, Token::Text2)),
      m_where(new TextLabel(TextRole::Body, Token::Text2)),
      m_time(new TextLabel(TextRole::Body, Token::Text2)),
      //: verb, on a button: more time for a remote desktop
      m_renew(makeButton(u"desktopRenew"_s, tr("Renew"), Icon::Again)),
      m_window(makeIconButton(u"desktopFull"_s, Icon::TearOff, tr("Full window"))),
      m_end(makeButton(u"desktopEnd"_s, tr("Disconnect"), Icon::Stop)),
      m_notice(new Banner)
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(u"desktopHead"_s);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_node->setElided(Qt::ElideRight);
    m_user->setElided(Qt::ElideRight);
    m_where->setElided(Qt::ElideRight);
    m_where->setObjectName(u"desktopWhere"_s);
    m_time->setObjectName(u"desktopTime"_s);
    m_notice->setObjectName(u"desktopNotice"_s);
    m_notice->hide();
    auto *line = new QHBoxLayout;
    line->setContentsMargins(m.step(1), 0, m.step(1), 0);
    line->setSpacing(m.step(2));
    line->addWidget(m_node);
    line->addWidget(m_user);
    line->addWidget(m_where);
    line->addStretch(1);
    line->addWidget(m_time);
    line->addWidget(m_renew);
    line->addWidget(m_window);
    line->addWidget(m_end);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(m.step(1), m.step(1), m.step(1), m.step(1));
    column->setSpacing(m.step(1));
    column->addLayout(line);
    column->addWidget(m_notice);
    connect(m_renew, &QPushButton::clicked, this, &DesktopHead::renew);
    connect(m_notice, &Banner::actionClicked, this, &DesktopHead::renew);
    connect(m_notice, &Banner::dismissed, this, [this] {
        m_isDismissed = m_refused.isEmpty();
        m_refused = {};
    });
    connect(m_window, &QToolButton::clicked, this, [this] {
        if (m_isWhere == Where::OurWindow)
            m_screens.bringBack(m_number);
        else
            m_screens.tearOff(m_number);
    });
    connect(m_end, &QPushButton::clicked, this, [this] { m_screens.desktops().end(m_number); });
}

void DesktopHead::renew()
{
    m_screens.desktops().renew(m_number, [self = QPointer(this)](const ShownError &problem) {
        if (!self)
            return;
        const bool wasRefused = !std::exchange(self->m_refused, problem).isEmpty();
        if (problem.isEmpty())
            return wasRefused ? self->m_notice->hide() : void();
        self->m_notice->showProblem(problem, tr("It was not renewed."));
        self->m_notice->setAction(tr("Renew"));
    });
}

void DesktopHead::name(const QString &node)
{
    m_node->setText(node);
    m_renew->setAccessibleName(tr("Renew the remote desktop of %1").arg(node));
    m_end->setAccessibleName(tr("Disconnect the remote desktop of %1").arg(node));
}

void DesktopHead::setRow(const DesktopRow &row, Where where)
{
    m_isWhere = where;
    const QString node = visibleText(row.nodeName, 60);
    const bool isOfNode = row.target.startsWith(u"localhost:"_s);
    name(isOfNode ? node : u"%1 (%2)"_s.arg(visibleText(row.target, 80), node));
    m_user->setText(visibleText(row.user, 40));
    m_user->setVisible(!row.user.isEmpty());
    const bool isInIt = where == Where::Here || window()->objectName() == u"desktopWindow";
    const QString whereWord = !row.isOpen ? tr("Opening")
        : isInIt                          ? QString()
                                          : tr("Shown in its own window");
    m_where->setText(whereWord);
    m_where->setVisible(!whereWord.isEmpty());
    const auto minutes = static_cast<int>(std::chrono::ceil<std::chrono::minutes>(row.left).count());
    m_time->setText(row.isOpen && row.endsSoon == DesktopEnd::None ? tr("%n min left", nullptr, minutes)
                                                                   : QString()); // else the notice says it
    const auto length = [](std::chrono::minutes time) {
        return tr("%n minute(s)", nullptr, static_cast<int>(time.count()));
    };
    m_time->setToolTip(tr("Ends after %1 unless it is renewed, or after %2 without activity. These limits "
                          "are in the fleet settings.")
                           .arg(length(row.limits.longest), length(row.limits.idle)));
    m_renew->setEnabled(row.isOpen);
    m_renew->setToolTip(tr("%1 from now on; the audit log records who renewed it")
                            .arg(length(m_screens.desktops().limits().longest)));
    m_window->setVisible(where != Where::ItsOwnWindow);
    const QString word = where == Where::OurWindow ? tr("Return to the console") : tr("Full window");
    m_window->setToolTip(word);
    m_window->setAccessibleName(word);
    m_window->setIcon(Theme::icon(where == Where::OurWindow ? Icon::Back : Icon::TearOff));
    if (!m_refused.isEmpty())
        return; // that stands until it is dismissed or goes well
    m_isDismissed = m_isDismissed && row.endsSoon != DesktopEnd::None;
    if (row.endsSoon == DesktopEnd::None || m_isDismissed)
        return m_notice->hide();
    m_notice->showMessage(
        Tone::Waiting, Icon::EndsAt, tr("Ends in %1.").arg(clock(row.endsIn)),
        row.endsSoon == DesktopEnd::Idle
            ? tr("It has been idle for a while. Use the keyboard or mouse in it to keep it open.")
            : tr("Its time is nearly over. Programs on the node keep running."));
    m_notice->setAction(tr("Renew"));
}

void DesktopHead::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(m_renew->icon(), m_renew->text()), &QAction::triggered, m_renew,
            &QPushButton::click);
    menu->actions().last()->setEnabled(m_renew->isEnabled());
    if (m_window->isVisibleTo(this))
        connect(menu->addAction(m_window->icon(), m_window->accessibleName()), &QAction::triggered, m_window,
                &QToolButton::click);
    connect(menu->addAction(m_end->icon(), m_end->text()), &QAction::triggered, m_end, &QPushButton::click);
    menu->popup(event->globalPos());
}

}
