#include "ui/text/text_viewer.h"

#include "ui/text/numbered_text.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/text_label.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

TextViewer::TextViewer(const QString &objectName, const QString &accessibleName, QWidget *parent)
    : QWidget(parent),
      m_text(new NumberedText(objectName + u"Text"_s)),
      m_find(new QLineEdit),
      m_found(new TextLabel(TextRole::Small, Token::Text2))
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(objectName);
    m_text->setReadOnly(true);
    m_text->setUndoRedoEnabled(false);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setAccessibleName(accessibleName);
    m_find->setObjectName(objectName + u"Find"_s);
    m_find->setPlaceholderText(tr("Find in the text"));
    m_find->setAccessibleName(tr("Find in the text"));
    m_find->setClearButtonEnabled(true);
    m_find->setMaximumWidth(m.lines(14));
    auto *wrap = makeIconButton(objectName + u"Wrap"_s, Icon::Wrap, tr("Wrap long lines"));
    wrap->setCheckable(true);
    auto *copy = makeIconButton(objectName + u"Copy"_s, Icon::Copy, tr("Copy the whole text"));

    auto *tools = new Surface(Token::Sunken);
    tools->setEdges(Qt::BottomEdge);
    auto *line = new QHBoxLayout(tools);
    line->setContentsMargins(m.step(3), m.step(1), m.step(3), m.step(1));
    line->setSpacing(m.toolGap());
    line->addWidget(m_find);
    line->addWidget(m_found);
    line->addStretch(1);
    line->addWidget(wrap);
    line->addWidget(copy);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(tools);
    column->addWidget(m_text, 1);

    connect(m_find, &QLineEdit::textChanged, this, [this] {
        m_text->moveCursor(QTextCursor::Start);
        findOn(false);
        updateCount();
    });
    connect(m_find, &QLineEdit::returnPressed, this,
            [this] { findOn(QGuiApplication::keyboardModifiers().testFlag(Qt::ShiftModifier)); });
    connect(wrap, &QToolButton::toggled, this, [this](bool on) {
        m_text->setLineWrapMode(on ? QPlainTextEdit::WidgetWidth : QPlainTextEdit::NoWrap);
    });
    connect(copy, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_original); });
}

void TextViewer::setText(const QString &text, const QString &original)
{
    m_original = original.isEmpty() ? text : original;
    if (text == m_text->exactText())
        return;
    m_text->setPlainText(text);
    updateCount();
}

QString TextViewer::text() const { return m_text->exactText(); }

void TextViewer::findOn(bool backward) { m_text->find(m_find->text(), backward); }

void TextViewer::updateCount()
{
    const int found = m_text->count(m_find->text());
    m_found->setText(m_find->text().isEmpty() ? QString()
                         : found == 0         ? tr("not found")
                                              : tr("%n place(s)", nullptr, found));
}

void TextViewer::focusFind()
{
    m_find->setFocus(Qt::ShortcutFocusReason);
    m_find->selectAll();
}

void TextViewer::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Find))
        return focusFind();
    QWidget::keyPressEvent(event);
}

}
