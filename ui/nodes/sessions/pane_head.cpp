#include "ui/nodes/sessions/pane_head.h"

#include "models/table/visible_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/state_look.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QPainter>

namespace fb {

using namespace Qt::StringLiterals;

// Green while it is connected; else the icon of its state.
class StateDot final : public QWidget
{
public:
    StateDot(SessionLink &link, QWidget *parent) : QWidget(parent), m_link(link)
    {
        setFixedSize(Metrics::kSmallIcon, Metrics::kSmallIcon);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = themeOf(this);
        const StateLook look = lookOf(SessionLink::kind(m_link.state()));
        QPainter painter(this);
        if (m_link.state() != SessionLink::State::Connected) {
            painter.drawPixmap(0, 0,
                               theme.pixmap(look.icon, theme.toneText(look.tone), width(),
                                            devicePixelRatioF(), Stroke::Status));
            return;
        }
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.toneFill(look.tone));
        painter.drawEllipse(QRectF(3, 3, 7, 7));
    }

private:
    SessionLink &m_link;
};

PaneHead::PaneHead(SessionLink &link, QWidget *parent)
    : QWidget(parent),
      m_link(link),
      m_dot(new StateDot(link, this)),
      m_node(new TextLabel(visibleText(link.wish().nodeName), TextRole::BodyMedium)),
      m_user(new TextLabel(TextRole::Body, Token::Text2)),
      m_state(new TextLabel(TextRole::Body, Token::Text2)),
      m_menu(makeIconButton(u"paneMenu"_s, Icon::More,
                            tr("Menu of the session on %1").arg(visibleText(link.wish().nodeName, 60))))
{
    const Metrics &m = themeOf(this).metrics();
    setFixedHeight(m.line() + m.step(2));
    m_node->setElided(Qt::ElideRight);
    m_state->setObjectName(u"paneState"_s);
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(m.step(2), 0, m.step(1), 0);
    line->setSpacing(m.step(2));
    line->addWidget(m_dot);
    line->addWidget(m_node);
    line->addWidget(m_user);
    line->addStretch(1);
    line->addWidget(m_state);
    line->addWidget(m_menu);
    m_menu->setFixedHeight(height());
    connect(m_menu, &QToolButton::clicked, this, &PaneHead::menuAsked);
    connect(&link, &SessionLink::changed, this, &PaneHead::update);
    update();
}

QPoint PaneHead::menuCorner() const { return m_menu->mapToGlobal(QPoint(0, m_menu->height())); }

void PaneHead::update()
{
    m_user->setText(visibleText(m_link.user(), 40));
    m_user->setVisible(!m_user->text().isEmpty());
    const StateLook look = lookOf(SessionLink::kind(m_link.state()));
    m_state->setText(SessionLink::word(m_link.state()));
    m_state->setTone(look.tone);
    m_state->setVisible(m_link.state() != SessionLink::State::Connected); // healthy is quiet
    m_dot->update();
}

void PaneHead::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Token::Raised));
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.color(Token::Border));
}

void PaneHead::mousePressEvent(QMouseEvent *) { emit pressed(); }

}
