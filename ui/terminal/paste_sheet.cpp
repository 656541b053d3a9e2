#include "ui/terminal/paste_sheet.h"

#include "models/table/visible_text.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QPlainTextEdit>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr qsizetype kMostShown = 20'000; // characters

    // Ends a line, or turns what follows round, and shows nothing itself.
    bool hidesItself(QChar c)
    {
        const char16_t u = c.unicode();
        return u == 0x2028 || u == 0x2029 || u == 0x061C || u == 0x200E || u == 0x200F
            || (u >= 0x202A && u <= 0x202E) || (u >= 0x2066 && u <= 0x2069);
    }
}

bool PasteSheet::needsAsking(const QString &text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) {
        return (c.unicode() < 0x20 && c != u'\t') || (c.unicode() >= 0x7F && c.unicode() < 0xA0)
            || hidesItself(c);
    });
}

PasteSheet::PasteSheet(const QString &text, bool isBracketed, QWidget *window)
    : Sheet(tr("Paste into the session?"), window)
{
    setObjectName(u"pasteSheet"_s);
    QString plain = text;
    plain.replace(u"\r\n"_s, u"\n"_s).replace(u'\r', u'\n'); // each is a Return
    const int lines = int(plain.count(u'\n') + (plain.endsWith(u'\n') ? 0 : 1));
    auto *words
        = new TextLabel(isBracketed ? tr("The program receives it as pasted text. Check it first.")
                                    : tr("Each line end acts as Return: a shell runs the lines at once."),
                        TextRole::Body);
    words->setWordWrap(true);
    body()->addWidget(words);
    auto *shown = new QPlainTextEdit;
    shown->setObjectName(u"pasteText"_s);
    shown->setAccessibleName(tr("Text to be pasted"));
    shown->setReadOnly(true);
    shown->setFont(themeOf(this).font(TextRole::Code));
    shown->setLineWrapMode(QPlainTextEdit::NoWrap);
    shown->setPlainText(visibleLines(plain.left(kMostShown)));
    shown->setTabChangesFocus(true);
    body()->addWidget(shown, 1);
    if (text.size() > kMostShown)
        body()->addWidget(new TextLabel(tr("Only the beginning is shown."), TextRole::Small, Token::Text2));
    auto *cancel = makeButton(u"pasteCancel"_s, tr("Cancel"));
    auto *paste = makeButton(u"pasteAccept"_s, tr("Paste %n line(s)", nullptr, lines), Icon::Paste,
                             ButtonKind::Primary);
    m_paste = paste;
    foot()->addStretch(1);
    foot()->addWidget(cancel);
    foot()->addWidget(paste);
    connect(cancel, &QPushButton::clicked, this, &Sheet::close);
    connect(paste, &QPushButton::clicked, this, [this] {
        emit accepted();
        close();
    });
}

}
