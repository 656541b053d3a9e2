#pragma once
// What the console shows when its engine cannot start: why, and what to do; with Try again. Above all a missing keychain (design 7).

#include "models/table/shown_error.h"

#include <QWidget>

namespace fb {

class StartProblem : public QWidget
{
    Q_OBJECT
public:
    struct Ways { // out of it, beside trying again
        bool restoreKey = false; // from a sealed backup into the keychain
        bool anotherStore = false;
    };

    StartProblem(const ShownError &error, const QString &dataDir, Ways ways, QWidget *parent = nullptr);

    // Sentences for the operator, from the error's code.
    static QString statementOf(const ShownError &error);
    static QString adviceOf(const ShownError &error, const QString &dataDir);

signals:
    void retryClicked();
    void restoreClicked();
    void anotherStoreClicked();

protected:
    void paintEvent(QPaintEvent *event) override;
};

}
