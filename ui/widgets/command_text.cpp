#include "ui/widgets/command_text.h"

#include "ui/widgets/icon_button.h"
#include "ui/widgets/text_label.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

CommandText::CommandText(const QString &objectName, const QString &title, const QString &commands,
                         QWidget *parent)
    : Surface(Token::Sunken, parent),
      m_text(new TextLabel(commands, TextRole::Code))
{
    const Metrics &m = themeOf(this).metrics();
    setOutline(Token::Border, Metrics::kButtonRadius);
    m_text->setObjectName(objectName);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *copy = makeIconButton(objectName + u"Copy"_s, Icon::Copy, tr("Copy: %1").arg(title), this);
    connect(copy, &QToolButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_text->text()); });
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(m.step(3), m.step(2.5), m.step(2), m.step(2.5));
    line->addWidget(m_text, 1);
    line->addWidget(copy, 0, Qt::AlignTop);
}

void CommandText::setCommands(const QString &commands) { m_text->setText(commands); }

void CommandText::setElided(Qt::TextElideMode mode) { m_text->setElided(mode); }

QString CommandText::commands() const { return m_text->text(); }

}
