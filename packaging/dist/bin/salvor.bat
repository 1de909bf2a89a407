@echo off
rem Starts Salvor from the folder this file lies in, with JAVA_HOME or else the newest installed Java of 21 or later.
setlocal EnableExtensions DisableDelayedExpansion
for %%I in ("%~dp0..") do set "HOME_DIR=%%~fI"
set "JAVA_EXE="
set "BEST=20"
if defined JAVA_HOME call :consider "%JAVA_HOME:"=%"
if defined JAVA_EXE goto run
for %%V in ("Java" "Eclipse Adoptium" "Eclipse Foundation" "Microsoft" "Zulu" "BellSoft" "Amazon Corretto" "Semeru") do (
  call :search "%ProgramFiles%\%%~V"
  call :search "%LOCALAPPDATA%\Programs\%%~V"
)
call :search "%USERPROFILE%\.jdks"
for %%J in (java.exe) do call :onpath "%%~$PATH:J"
if defined JAVA_EXE goto run
echo Salvor needs Java 21 or later. Install one, for example Eclipse Temurin 21, or name its folder in JAVA_HOME. 1>&2
exit /b 70

:run
rem letters of all languages on the console
set "PAGE="
for /f "tokens=2 delims=:." %%C in ('chcp') do set "PAGE=%%C"
chcp 65001 >nul 2>nul
"%JAVA_EXE%" --module-path "%HOME_DIR%\lib\javafx-win" --add-modules javafx.controls ^
  --add-exports=javafx.base/com.sun.javafx.event=ALL-UNNAMED ^
  --add-opens=javafx.graphics/javafx.scene=ALL-UNNAMED ^
  --add-opens=javafx.controls/javafx.scene.control.skin=ALL-UNNAMED ^
  --enable-native-access=ALL-UNNAMED,javafx.graphics ^
  -XX:+IgnoreUnrecognizedVMOptions --sun-misc-unsafe-memory-access=allow ^
  "-Djna.boot.library.path=%HOME_DIR%\lib\native\com\sun\jna\win32-x86-64" ^
  -Xmx2g -XX:MaxGCPauseMillis=25 -XX:-UsePerfData -cp "%HOME_DIR%\lib\*" org.salvor.app.Launcher %*
set "CODE=%ERRORLEVEL%"
if defined PAGE chcp %PAGE% >nul 2>nul
exit /b %CODE%

rem takes the newest Java of the folders in %1
:search
if not exist "%~1\" exit /b 0
pushd "%~1"
for /d %%D in (*) do call :consider "%%~fD"
popd
exit /b 0

rem takes the Java that %1 belongs to
:onpath
if "%~1"=="" exit /b 0
for %%K in ("%~dp1..") do call :consider "%%~fK"
exit /b 0

rem takes the Java in folder %1 if it is newer than the best so far
:consider
if not exist "%~1\bin\java.exe" exit /b 0
if not exist "%~1\release" exit /b 0
set "FOUND="
for /f "usebackq tokens=1,2 delims==.+- " %%R in ("%~1\release") do if "%%R"=="JAVA_VERSION" set "FOUND=%%S"
if not defined FOUND exit /b 0
set "FOUND=%FOUND:"=%"
if %FOUND% GTR %BEST% (
  set "BEST=%FOUND%"
  set "JAVA_EXE=%~1\bin\java.exe"
)
exit /b 0
