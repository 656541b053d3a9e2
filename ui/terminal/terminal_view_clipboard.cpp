// What leaves the view and comes in: copy, paste with its guard, files, links and a program's wishes, which are asked for.

#include "models/table/visible_text.h"
#include "ui/terminal/paste_sheet.h"
#include "ui/terminal/terminal_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/confirm_sheet.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QFileDialog>
#include <QMimeData>
#include <QPointer>
#include <QSaveFile>
#include <QUrl>

namespace fb {

using namespace Qt::StringLiterals;

void TerminalView::askOpenLink(const QByteArray &address)
{
    auto *sheet = new ConfirmSheet({.name = u"openLink"_s,
                                    .question = tr("Open this address?"),
                                    .consequence = QString::fromLatin1(address),
                                    .targets = {},
                                    .verb = tr("Open"),
                                    .icon = Icon::Link},
                                   window());
    connect(sheet, &ConfirmSheet::confirmed, this,
            [address] { QDesktopServices::openUrl(QUrl::fromEncoded(address, QUrl::StrictMode)); });
    connect(sheet, &Sheet::closed, this, [this] { setFocus(); });
    sheet->ask();
}

// ---- Clipboard -----------------------------------------------------------------------------------------------------

void TerminalView::makeActions()
{
    const auto add
        = [this](const QString &name, const QString &text, Icon icon, const QKeySequence &keys, auto run) {
              auto *action = new QAction(Theme::icon(icon), text, this);
              action->setObjectName(name);
              action->setShortcut(keys);
              action->setShortcutContext(Qt::WidgetShortcut);
              connect(action, &QAction::triggered, this, run);
              addAction(action);
              m_actions << action;
          };
    add(u"terminalCopy"_s, tr("Copy"), Icon::Copy, QKeySequence(u"Ctrl+Shift+C"_s), [this] { copy(); });
    add(u"terminalCopyHtml"_s, tr("Copy with colours"), Icon::None, {}, [this] { copyAsHtml(); });
    add(u"terminalPaste"_s, tr("Paste"), Icon::Paste, QKeySequence(u"Ctrl+Shift+V"_s), [this] { paste(); });
    // No keys: Ctrl+Shift+A is the console's, and of two that have the same neither would do anything.
    add(u"terminalSelectAll"_s, tr("Select all"), Icon::None, {}, [this] {
        m_selector.selectAll(m_model.frame());
        drawChanged();
    });
    add(u"terminalFind"_s, tr("Find in scrollback"), Icon::Search, QKeySequence(u"Ctrl+Shift+F"_s),
        [this] { openSearch(); });
    add(u"terminalSave"_s, tr("Save scrollback..."), Icon::Export, {}, [this] { saveText(); });
}

void TerminalView::copy()
{
    if (m_selector.isEmpty())
        return;
    m_model.textOf(m_selector.selection(), [self = QPointer(this)](const QString &text) {
        if (text.isEmpty())
            return; // blanks: what is on the clipboard stays
        QApplication::clipboard()->setText(text);
        if (self)
            emit self->copied();
    });
}

void TerminalView::copyAsHtml()
{
    if (m_selector.isEmpty())
        return;
    const TerminalSelection selection = m_selector.selection();
    m_model.textOf(selection, [self = QPointer(this), selection](const QString &text) {
        if (!self || text.isEmpty())
            return;
        self->m_model.htmlOf(selection, self->m_colors.palette, [self, text](const QString &html) {
            auto *data = new QMimeData;
            data->setText(text);
            data->setHtml(html);
            QApplication::clipboard()->setMimeData(data);
            if (self)
                emit self->copied();
        });
    });
}

void TerminalView::paste()
{
    if (takesKeys())
        pasteText(QApplication::clipboard()->text());
}

void TerminalView::pasteText(const QString &text)
{
    if (text.isEmpty())
        return;
    if (!PasteSheet::needsAsking(text))
        return m_model.paste(text);
    auto *sheet = new PasteSheet(text, m_model.frame().modes.bracketedPaste, window());
    connect(sheet, &PasteSheet::accepted, this, [this, text] {
        if (takesKeys()) // it may have ended meanwhile
            m_model.paste(text);
    });
    connect(sheet, &Sheet::closed, this, [this] { setFocus(); });
    sheet->open();
}

// One at a time, and only in front of who works in this session: a sheet takes the keyboard.
void TerminalView::askClipboard()
{
    if (m_wish.isEmpty() || m_isAsking || !hasFocus() || !takesKeys())
        return;
    constexpr qsizetype kShown = 400;
    constexpr auto kSilence = std::chrono::seconds(60);
    m_isAsking = true;
    const QString text = std::exchange(m_wish, {});
    m_wishesSilent.setRemainingTime(kSilence); // refused, unless it is confirmed
    auto *sheet = new ConfirmSheet(
        {.name = u"clipboard"_s,
         .question = tr("Let the program fill the clipboard?"),
         .consequence
         = tr("It would hold %n character(s): %1", nullptr, int(text.size())).arg(visibleText(text, kShown)),
         .targets = {},
         .verb = tr("Fill the clipboard"),
         .icon = Icon::Copy},
        window());
    connect(sheet, &ConfirmSheet::confirmed, this, [this, text] {
        QApplication::clipboard()->setText(text);
        m_wishesSilent.setRemainingTime(0);
    });
    connect(sheet, &Sheet::closed, this, [this] {
        m_isAsking = false;
        setFocus();
    });
    sheet->ask();
}

void TerminalView::saveText()
{
    auto *dialog = new QFileDialog(this, tr("Save scrollback"), u"session.txt"_s, tr("Text (*.txt)"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        m_model.wholeText([self = QPointer(this), path](const QString &text) {
            QSaveFile file(path);
            file.setDirectWriteFallback(false);
            const QByteArray bytes = text.toUtf8();
            const bool isSaved = file.open(QIODevice::WriteOnly)
                && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
                && file.write(bytes) == bytes.size() && file.commit();
            if (self)
                emit self->textSaved(path, isSaved ? QString() : file.errorString());
        });
    });
    dialog->open();
}

}
