#pragma once
// One terminal as the screen knows it: bytes of the node's program go in, frames come out, and what an operator types goes to the program
// as bytes. Parsing is done on the TerminalThread. Ui thread, but for write().

#include "backend/terminal/terminal_palette.h"
#include "models/terminal/key_encoder.h"
#include "models/terminal/search_state.h"
#include "models/terminal/terminal_frame.h"
#include "models/terminal/terminal_thread.h"

#include <QObject>
#include <QTimer>

#include <functional>

namespace fb {

class TerminalWorker;

struct TerminalSelection { // from a column of a row to a column (exclusive) of a later or the same one
    RowNumber firstRow = 0;
    int firstColumn = 0;
    RowNumber lastRow = -1;
    int lastColumn = 0;
    bool isBlock = false; // the same columns of each row
    bool isEmpty() const { return lastRow < firstRow || (firstRow == lastRow && lastColumn <= firstColumn); }
    bool operator==(const TerminalSelection &) const = default;
};

struct TerminalSetup {
    int columns = 80;
    int rows = 24;
    qint64 scrollbackLines = 10'000; // 0 to 1,000,000
    QString spillFolder; // empty: the system's temporary folder
};

class TerminalModel : public QObject
{
    Q_OBJECT
public:
    using Setup = TerminalSetup;

    explicit TerminalModel(TerminalThread &thread, Setup setup = {}, QObject *parent = nullptr);
    ~TerminalModel() override;

    // ---- From the program
    void write(const QByteArray &bytes); // any thread; in order
    void say(const QString &line); // the console's own word, dim, on a line of its own
    void programEnded(); // its modes end with it: mouse, alternate screen, bracketed paste
    void clear(int columns, int rows); // an empty one, for another recording or another place in it

    // ---- To the screen
    const TerminalFrame &frame() const { return *m_frame; }
    void resize(int columns, int rows); // at most every 100 ms; the last one counts
    void setCellPixels(int width, int height); // the view's, for programs that ask
    void resizeNow(int columns, int rows); // in order with write(): what a recording tells
    int columns() const { return m_columns; }
    int rows() const { return m_rows; }
    void scrollTo(RowNumber top); // the view's first row
    void follow(); // what is newest
    QString title() const { return m_title; }
    bool isProgramRunning() const; // a full-screen program, or a command that the shell told of
    QByteArray linkAt(RowNumber row, int column) const; // address; empty: none

    // ---- From the operator, to the program
    bool sendKey(int key, Qt::KeyboardModifiers modifiers,
                 const QString &text); // false: that key sends nothing
    void sendText(const QString &text); // as typed
    void paste(const QString &text);
    bool sendMouse(const MouseReport &report); // false: the program does not want it
    void sendFocus(bool has);

    // ---- All that it holds
    void search(const SearchWish &wish);
    void searchNext(bool older);
    const SearchState &searchState() const { return m_searchState; }
    // Later, on this thread. A row that wraps goes on in the same line; trailing blanks are cut.
    void textOf(const TerminalSelection &selection, std::function<void(const QString &)> done);
    void htmlOf(const TerminalSelection &selection, const TerminalPalette &palette,
                std::function<void(const QString &)> done);
    void wholeText(std::function<void(const QString &)> done);
    void promptFrom(RowNumber row, bool older, std::function<void(RowNumber)> done); // -1: there is none

signals:
    void frameChanged(); // at most 60 a second
    void input(const QByteArray &bytes); // for the program: what was typed and what it asked for
    void typed(const QByteArray &bytes); // of it, what an operator typed or pasted
    void consumed(qint64 bytes); // of write(): parsed
    void sizeChanged(int columns, int rows);
    void titleChanged(const QString &title);
    void clipboardWanted(const QString &text);
    void bell();
    void outputArrived(); // at most ten a second
    void searchChanged();

private:
    void present();
    void takeConsumed();
    void tellNews();
    void type(const QByteArray &bytes);
    void applySize();

    TerminalWorker *m_worker; // lives on the TerminalThread, which deletes it
    std::shared_ptr<const TerminalFrame> m_frame;
    QTimer m_frameTimer;
    QTimer m_sizeTimer;
    QTimer m_outputTimer;
    int m_columns;
    int m_rows;
    int m_toldColumns;
    int m_toldRows;
    QString m_title;
    SearchState m_searchState;
};

}
