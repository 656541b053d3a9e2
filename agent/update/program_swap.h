#pragma once
// One program's file in the place of another, and back: each in one step, so that at any moment there is a whole program of that name. The
// earlier one stays beside it as NAME.old until the new one has proven itself. One thread.

#include "backend/core/result.h"

#include <filesystem>
#include <string>

namespace fb::agent {

class ProgramSwap
{
public:
    explicit ProgramSwap(std::filesystem::path program) : m_program(std::move(program)) { }

    // Copies `newProgram` beside the program, with its owner and mode, synced. ServiceUnavailable naming the file that cannot be written.
    Result<void> bring(const std::filesystem::path &newProgram) const;
    const std::filesystem::path &program() const { return m_program; }
    std::filesystem::path brought() const; // where it lies meanwhile
    Result<void> swap() const; // keeps the earlier one, then renames
    bool hasEarlier() const;
    Result<void> putBack() const; // the earlier one; no error if it is back already
    void keep() const; // the new one has proven itself
    void forget() const; // what bring() left

private:
    std::filesystem::path earlier() const;
    Result<void> syncFolder() const;

    std::filesystem::path m_program;
};

}
